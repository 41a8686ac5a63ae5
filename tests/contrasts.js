// Every text on the page whose contrast with what is behind it is under WCAG AA's 4.5 to 1, with the ratio.
() => {
  const rgba = (text) => {
    const [r, g, b, alpha = 1] = text.match(/[\d.]+/g).map(Number)
    return text.startsWith("color(srgb") ? [r * 255, g * 255, b * 255, alpha] : [r, g, b, alpha]
  }
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1)
  const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }
  const ancestry = (node) => (node ? [...ancestry(node.parentElement), node] : [])
  const aside = "button:disabled, [hidden], details:not([open]) > :not(summary), .hoi-offscreen"
  const read = (node, style) =>
    node.getBoundingClientRect().width && style.visibility !== "hidden" && !node.closest(aside) && !/Material/.test(style.fontFamily)
  const of = (text) => {
    const node = text.parentElement
    const style = getComputedStyle(node)
    if (!text.data.trim() || !read(node, style)) return []
    let [under, opacity] = [[255, 255, 255, 1], 1]
    for (const each of ancestry(node)) {
      under = over(rgba(getComputedStyle(each).backgroundColor), under)
      opacity *= Number(getComputedStyle(each).opacity)
    }
    const [r, g, b, alpha] = rgba(style.color)
    const found = ratio(over([r, g, b, alpha * opacity], under), under)
    return found < 4.5 ? [`${found.toFixed(2)} ${text.data.trim().slice(0, 40)}`] : []
  }
  const walker = document.createTreeWalker(document.querySelector(".stApp"), NodeFilter.SHOW_TEXT)
  const poor = []
  while (walker.nextNode()) poor.push(...of(walker.currentNode))
  return poor
}
