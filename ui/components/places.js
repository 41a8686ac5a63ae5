// The tree of places: provinces open to their districts and communes, each with its number of documents.
// `data` is `{label, places: [ui.schemas_shelf.PlaceNode]}` as JSON. Every text is set by textContent.

const branch = (place, send) => {
  const item = document.createElement("li")
  const button = document.createElement("button")
  button.type = "button"
  button.className = "hoi-place"
  button.textContent = `${place.name} (${place.documents})`
  button.onclick = () => send("choose", place.value)
  if (!place.inside.length) {
    item.append(button)
    return item
  }
  const details = document.createElement("details")
  const summary = document.createElement("summary")
  summary.append(button)
  summary.setAttribute("aria-label", `${place.name}: xem các nơi bên trong`)
  details.append(summary, branches(place.inside, send))
  item.append(details)
  return item
}

const branches = (places, send) => {
  const list = document.createElement("ul")
  list.append(...places.map((place) => branch(place, send)))
  return list
}

export default function ({ data, parentElement, setTriggerValue }) {
  const tree = branches(data.places, setTriggerValue)
  tree.className = "hoi-places"
  tree.setAttribute("aria-label", data.label)
  tree.querySelectorAll(":scope > li > details").forEach((details) => (details.open = data.places.length <= 3))
  parentElement.querySelector(":scope > .hoi-places")?.remove()
  parentElement.append(tree)
}
