-- Functions are born callable by everybody. The application calls what it was granted; nobody else calls anything.
REVOKE ALL ON ALL ROUTINES IN SCHEMA guard FROM PUBLIC;
