//! Code of Prefect 2 and 3 is never taken for that of Prefect 1.

use super::of;
use crate::convert::Conversion;

#[test]
fn modern_code_has_nothing_to_convert() {
    for text in [
        "from prefect import Flow, Task, flow, task, unmapped\n\nmain = Flow(print)\n",
        "from prefect.tasks import task_input_hash, Task\n\nTask.map\ntask_input_hash\n",
        "from prefect.schedules import Cron, Schedule\n\nSchedule(cron='0 0 * * *')\n",
        "from prefect.client import get_client\nfrom prefect.context import get_run_context\n",
        "import prefect.engine\nfrom prefect.engine import begin_flow_run\n",
        "from prefect import task\n\n@task(retries=3, retry_delay_seconds=2, tags=['a'])\ndef f(): ...\n",
        "import prefect\n\nprefect.context.get_run_context()\nprefect.runtime.flow_run.parameters\n",
        "from prefect.blocks.system import Secret\n\nSecret.load('a').get()\n",
        "from prefect.filesystems import Azure\nfrom prefect.infrastructure import KubernetesJob\n",
        "with Flow('a') as flow:\n    Parameter('x')\n",
    ] {
        assert_eq!(of(text), Conversion::default(), "{text}");
    }
}
