"""The floor of `memory`: a process that has imported what a service stands on, and does nothing."""

import time

import aiokafka
import asyncpg
import fastapi
import sqlalchemy.ext.asyncio
import uvicorn

PARTS = (aiokafka, asyncpg, fastapi, sqlalchemy, uvicorn)

if __name__ == "__main__":
    time.sleep(3_600)
