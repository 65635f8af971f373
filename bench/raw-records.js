/** What the raw side makes of rows: the values that the service answers, with their dates and parsed JSON. */

export function toUser(row) {
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified === 1,
    name: row.name,
    status: row.status,
    prefs: JSON.parse(row.prefs),
    hasPassword: row.password_hash !== null,
    ...(row.password_updated_at !== null && { passwordUpdatedAt: new Date(row.password_updated_at) }),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }
}

/** The row of a user as positional arguments, in the order of the columns. */
export function toRowOfUser(row) {
  return [
    row.id,
    row.email,
    row.email_key,
    row.email_verified,
    row.name,
    row.status,
    row.prefs,
    row.password_hash,
    row.password_updated_at,
    row.created_at,
    row.updated_at,
    row.search_text,
    row.version,
    row.session_epoch,
  ]
}

export function toSession(row) {
  return {
    id: row.id,
    userId: row.user_id,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    usedAt: new Date(row.used_at),
    ip: row.ip,
    userAgent: row.user_agent,
  }
}

/** The same out of a row that holds the user too. */
export function toFoundSession(row) {
  return {
    id: row.session_id,
    userId: row.session_user_id,
    createdAt: new Date(row.session_created_at),
    expiresAt: new Date(row.session_expires_at),
    usedAt: new Date(row.session_used_at),
    ip: row.session_ip,
    userAgent: row.session_user_agent,
  }
}

export function toActivity(row) {
  return {
    id: row.id,
    event: row.event,
    at: new Date(row.at),
    userId: row.user_id,
    ...(row.actor !== null && { actor: row.actor }),
    ip: row.ip,
    userAgent: row.user_agent,
    ...(row.details !== null && { details: JSON.parse(row.details) }),
  }
}
