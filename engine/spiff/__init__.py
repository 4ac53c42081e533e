"""SpiffWorkflow as an exact, flat and safe executor. The only package that imports it.

`bundle.compile` reads diagrams into an immutable specification; `commands.run` takes one command on one saved
state. Everything else in here is how: SpiffWorkflow's own classes, subclassed at the points it offers for
that.
"""
