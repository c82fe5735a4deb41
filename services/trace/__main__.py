from chassis.runtime import run
from services.trace.app import service

run([service])
