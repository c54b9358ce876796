from teams.data.flows.hourly import hourly as hourly_flow
