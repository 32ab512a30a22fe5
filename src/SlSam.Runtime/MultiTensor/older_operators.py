# What older versions of libtorch do tensor by tensor.


def copy_all(targets: List[Tensor], sources: List[Tensor]) -> None:
    for i, target in enumerate(targets):
        target.copy_(sources[i])


def wide_norms(tensors: List[Tensor]) -> List[Tensor]:
    """The L2 norms of tensors in half precision, in float32."""
    return [torch.norm(tensor, 2, dtype=6) for tensor in tensors]


