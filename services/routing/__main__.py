"""Runs routing: `python -m services.routing`."""

from chassis.runtime import run
from services.routing.app import service

run([service])
