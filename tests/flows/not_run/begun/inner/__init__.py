from .kinds import Kind

import package_that_is_missing_too
