/** The ten calls, under whatever names an SDK has for them. */
export interface SdkUsers {
  list(...args: unknown[]): Promise<unknown>
  create(email: string, password: string, name?: string): Promise<unknown>
  get(userId: string): Promise<unknown>
  getPrefs(userId: string): Promise<unknown>
  updatePrefs(userId: string, prefs: unknown): Promise<unknown>
  getSessions(userId: string): Promise<unknown>
  getLogs(userId: string): Promise<unknown>
  updateStatus(userId: string, status: unknown): Promise<unknown>
  deleteSession(userId: string, sessionId: string): Promise<unknown>
  deleteSessions(userId: string): Promise<unknown>
}

/** An official SDK, and how it differs from the others. */
export interface Sdk {
  readonly package: SdkPackage
  readonly names: Readonly<Record<keyof SdkUsers, string>>
  /** Reads the status and the body out of an error as the SDK throws it. */
  refusal(error: unknown): { status: unknown; body: unknown }
  /** What it says of itself in an entry: the user agent that it sends. */
  readonly userAgent: RegExp | undefined
}

interface SdkClient {
  setEndpoint(endpoint: string): SdkClient
  setProject(project: string): SdkClient
  setKey(key: string): SdkClient
}

/** The part of an SDK's package that is used. */
export interface SdkPackage {
  readonly Client: new () => SdkClient
  readonly Users: new (client: SdkClient) => Readonly<Record<string, (...args: unknown[]) => Promise<unknown>>>
}

/** Makes the SDK's client, as its documentation shows it. */
export function sdkClient({ package: { Client, Users }, names }: Sdk, endpoint: string, key: string): SdkUsers {
  const client = new Client()
  client.setEndpoint(endpoint).setProject('5df5acd0d48c2').setKey(key)
  const users = new Users(client)
  const calls = Object.entries(names).map(([call, name]) => [call, (...args: unknown[]) => users[name]?.(...args)])
  return Object.fromEntries(calls)
}
