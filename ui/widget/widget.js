// The button in the corner of somebody's page, in a shadow tree whose styles are made by script: a page's content
// policy need only allow this service's scripts and connections.

const place = (script) => {
  const { key = "", title = "Hỏi đáp văn bản" } = script.dataset
  const host = element("hoi-widget", { lang: "vi" })
  const root = host.attachShadow({ mode: "open" })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]
  const { dialog, show } = panel(service(new URL(".", script.src), key), title)
  const launcher = button("ask", title, () => (dialog.open ? dialog.close() : opened()))
  const tell = (open) => launcher.setAttribute("aria-expanded", String(open))
  const opened = () => {
    show()
    tell(true)
  }
  dialog.onclose = () => {
    tell(false)
    launcher.focus()
  }
  launcher.setAttribute("aria-haspopup", "dialog")
  tell(false)
  root.append(launcher, dialog)
  document.body.append(host)
}

const script = document.currentScript
if (document.body) place(script)
else addEventListener("DOMContentLoaded", () => place(script))
