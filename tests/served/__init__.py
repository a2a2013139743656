"""The portal as an operator runs it: several processes, faults, and slow or rude clients."""
