// Tells browsers and screen readers that the page is Vietnamese (Streamlit's own shell says English), and gives the
// theme's colours, which Streamlit hands to components only, to the rest of the page.
const COLOURS = ["--st-primary-color", "--st-background-color", "--st-text-color"]

export default function ({ parentElement }) {
  const root = document.documentElement
  root.lang = "vi"
  const style = getComputedStyle(parentElement)
  for (const name of COLOURS) root.style.setProperty(name, style.getPropertyValue(name))
}
