"""The elements of a diagram: SpiffWorkflow's task specifications, with hooks that move tokens instead of
growing a tree.
"""
