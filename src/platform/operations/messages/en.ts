export const en = {
  'operations.not-ready': 'Not ready: {probes}.',
  'operations.not-ready.advice': '`kura doctor` and /health (logged in) say what each probe found.',
  'route.system.liveness': 'Whether the process answers',
  'route.system.readiness': 'Whether everything the server needs is there',
  'route.system.health': 'Health summary; details for those who may see them',
  'route.system.metrics': 'Metrics for Prometheus',
  'route.system.openapi': 'This API as OpenAPI 3.1',
  'route.system.api-reference': 'This API as a page',
  'route.settings.list': 'All settings, where each value comes from, and what can be changed now',
  'route.settings.change': 'Changes a setting while the server runs',
} as const;
