"""The words of the house as types: plain, frozen, without input or output."""
