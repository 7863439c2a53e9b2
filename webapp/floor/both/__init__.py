"""What runs on both servers: Flask as it is, and a tablet's worker as JavaScript (`webapp/offline/python/`).

Nothing here may know a database, Flask or the protocol: rows and whoever looks come in, plain values go out. A test
keeps it so.
"""
