"""Runs intake."""

from chassis.runtime import run
from services.intake.app import service

run([service])
