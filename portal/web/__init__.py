"""How a request comes in and goes out: doors, forms, errors, pages, headers, limits."""
