"""Puts the pieces together: settings, the application, the worker, the demonstration and the command line."""
