from consts import LIMIT

import package_that_is_missing
