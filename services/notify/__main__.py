from chassis.runtime import run
from services.notify.app import service

run([service])
