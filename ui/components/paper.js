// Put before the reading view and the preview: the sheet that a text is drawn on.

// The sheet of this place, made when it is not there yet; null while it shows what `data.token` names.
const paperOf = (parent, names, { label, token }) => {
  let paper = parent.querySelector(":scope > .hoi-paper")
  if (!paper) {
    paper = document.createElement("div")
    paper.className = names
    paper.tabIndex = 0
    paper.setAttribute("role", "document")
    parent.append(paper)
  }
  paper.setAttribute("aria-label", label)
  if (paper.dataset.token === token) return null
  paper.dataset.token = token
  return paper
}
