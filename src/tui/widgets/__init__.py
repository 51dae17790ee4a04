"""What is drawn, line by line, and in which colours."""
