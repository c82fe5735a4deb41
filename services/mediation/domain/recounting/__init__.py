"""Says again what was done in a case before it was imported. Facts: nothing is decided, and nothing raised.

One module a kind. What says too little of itself says nothing here: intake lets no such act in.
"""
