"""Runs mediation."""

from chassis.runtime import run
from services.mediation.app import service

run([service])
