"""A notebook that one person writes and the people they choose can read.

Four floors; each stands only on those below it:

    crypto             bytes in, bytes out
    vault              sealed records; PROTOCOL.md describes every one
    circle, library    what people decide; the built-in articles
    ui, host           what people see; what the host runs

Start reading at `app.py`, then `ui/main.py`.
"""

__version__ = "0.1.0"
