# What libtorch has as one operator from 2.4 on. TorchScript does not compile a source that names an operator which libtorch does not have.


def copy_all(targets: List[Tensor], sources: List[Tensor]) -> None:
    torch._foreach_copy_(targets, sources)
    assert len(targets) == len(sources)


def wide_norms(tensors: List[Tensor]) -> List[Tensor]:
    """The L2 norms of tensors in half precision, in float32."""
    return torch._foreach_norm(tensors, 2, dtype=6)


