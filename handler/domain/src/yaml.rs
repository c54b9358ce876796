//! YAML with positions and `PyYAML`'s YAML 1.1 typing.
