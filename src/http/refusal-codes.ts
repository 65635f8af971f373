/** What HTTP refuses before the service is asked. Each wire generation has words for these. */
export type RefusalCode =
  | 'unauthorized'
  | 'missing-scope'
  | 'method-not-allowed'
  | 'malformed-body'
  | 'unsupported-media-type'
  | 'body-too-large'
  | 'rate-limited'
