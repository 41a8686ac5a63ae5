// Prints a page that the server made: from a frame of its own, in which no script runs, with the browser's own dialogue.
const CLASS = "hoi-print"
let printed = ""

export default function ({ data }) {
  if (!data.page || data.job === printed) return
  printed = data.job
  document.querySelector(`.${CLASS}`)?.remove() // the last one's
  const frame = document.createElement("iframe")
  frame.className = `${CLASS} hoi-offscreen`
  frame.title = "Trang để in"
  frame.tabIndex = -1
  frame.setAttribute("sandbox", "allow-same-origin allow-modals")
  frame.srcdoc = data.page
  frame.onload = () => frame.contentWindow.print()
  document.body.append(frame)
}
