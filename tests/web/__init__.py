"""How a request comes in and goes out."""
