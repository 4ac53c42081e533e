"""SpiffWorkflow as an exact, flat and safe executor. The only package that imports it.

`bundle.compile` reads diagrams into an immutable specification; `commands.run` takes one command on one saved
state. Everything else in here is how, in SpiffWorkflow's own classes, subclassed where it offers that:

- from diagram to specification: `parser`, `nodes`, `triggers`, `repetitions`, `connections`, `extensions`;
- how tokens move: `specs`, `token`, `scope`, `workflow`, `events`, `definitions`, `timers`;
- what they work with: `variables`, `branches`, `script`; what happened: `journal`; what is kept: `codec`.
"""
