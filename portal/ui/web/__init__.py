"""What the browser and HTTP need: headers, page frame, guard, routes, cookies and the people who are signed in.

`settings` knows no streamlit, so that the host's commands can read it.
"""
