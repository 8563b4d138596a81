"""Puts TLS before a plain server on this machine, as a proxy would.  usage: tls.py FILE CERT KEY   prints its own port

FILE holds the server's port by the time somebody comes.
"""
import socket
import ssl
import sys
import threading

port, cert, key = sys.argv[1:4]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(cert, key)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)


def pipe(one, other):
    try:
        while chunk := one.recv(65536):
            other.sendall(chunk)
    except OSError:
        pass
    for end in (one, other):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


while True:
    plain, _ = listener.accept()
    try:
        inside = context.wrap_socket(plain, server_side=True)
    except OSError:
        continue
    server = socket.create_connection(("127.0.0.1", int(open(port).read())))
    for pair in ((inside, server), (server, inside)):
        threading.Thread(target=pipe, args=pair, daemon=True).start()
