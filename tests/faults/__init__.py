"""Kills processes and lets people collide. A fault test that cannot catch a broken engine proves nothing,
so each has a variant that is broken on purpose and must be caught."""
