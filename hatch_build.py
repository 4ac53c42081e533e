"""Placeholder build hook until the front end is in place."""
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):
    PLUGIN_NAME = "custom"
