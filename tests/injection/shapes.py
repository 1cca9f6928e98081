"""The shape of Python files: their syntax trees with every literal taken out.

usage: python3 shapes.py < FILES, where FILES is a JSON list of texts

Prints a JSON list with, for each text, a digest of its shape and the texts that its literals hold.
"""

import ast
import hashlib
import json
import sys


class Literals(ast.NodeTransformer):
    """Puts one constant in place of every literal, and notes what it held."""

    def __init__(self):
        self.texts = []

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            self.texts.append(node.value)
        return ast.copy_location(ast.Constant(value=None), node)

    def generic_visit(self, node):
        """A list, a map or a negative number is one literal if it holds nothing but literals."""
        node = super().generic_visit(node)
        match node:
            case ast.List(elts=parts, ctx=ast.Load()):
                pass
            case ast.Dict(keys=keys, values=values):
                parts = [*keys, *values]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                parts = [operand]
            case _:
                return node
        if all(isinstance(part, ast.Constant) for part in parts):
            return ast.copy_location(ast.Constant(value=None), node)
        return node


def shape(text):
    literals = Literals()
    tree = literals.visit(ast.parse(text.encode()))
    digest = hashlib.sha256(ast.dump(tree).encode()).hexdigest()
    # JSON has no lone surrogates; a literal that held one would be a fault of its own.
    return {"digest": digest, "texts": literals.texts}


json.dump([shape(text) for text in json.load(sys.stdin)], sys.stdout)
