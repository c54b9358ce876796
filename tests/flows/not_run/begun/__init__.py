from begun.models import Model
from begun.inner.kinds import Kind
import package_that_is_missing
from begun.late import Late
