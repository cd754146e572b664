"""What schemathesis must know of the contract that JSON Schema can't say."""

import schemathesis


def whole(value):
    """The value with 5.0 written as 5: JSON Schema's integer takes both, but an amount with a point is refused."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: whole(member) for name, member in value.items()}
    if isinstance(value, list):
        return [whole(item) for item in value]
    return value


@schemathesis.hook
def map_body(context, body):
    return whole(body)
