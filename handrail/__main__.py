"""`python -m handrail` is the `handrail` command."""

from handrail.command_line import main

main()
