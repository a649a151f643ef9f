import 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Id of the route contract, the label of logs and metrics. */
    routeId?: string;
  }

  interface FastifyReply {
    /** Allows this response's own inline style and script, and nothing else. */
    nonce: string;
  }
}
