// The service that sent this script: its API stands beside it. Nothing is kept there, so the visitors of a page,
// who all share its key, cannot read each other's questions.

const UNREACHABLE = "Chưa nối được với máy chủ. Vui lòng thử lại."
const TURNS = 12 // messages sent along, so that a question may go on from the one before

class ServiceError extends Error {}

const service = (base, key) => {
  const call = async (path, body) => {
    const headers = { ...(key && { Authorization: `Bearer ${key}` }), ...(body && { "Content-Type": "application/json" }) }
    const given = { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), credentials: "omit" }
    const response = await fetch(new URL(path, base), given).catch(() => {
      throw new ServiceError(UNREACHABLE)
    })
    if (response.ok) return response
    const problem = await response.json().catch(() => ({}))
    throw new ServiceError(problem.detail ?? UNREACHABLE)
  }
  const link = (citation) => new URL(citation.url.replace(/^\//, ""), base).href
  return {
    link,
    ask: async (messages) => (await call("v1/chat/completions", { model: "hoi", messages: messages.slice(-TURNS) })).json(),
    // Offsets count code points, of which JavaScript's strings hold some as two units.
    read: async (citation) => Array.from(await (await call(link(citation))).text()),
  }
}
