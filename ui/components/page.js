// Makes Streamlit's own shell Vietnamese, for eyes and for screen readers, and gives the theme's colours, which
// Streamlit hands to components only, to the rest of the page.
const COLOURS = ["--st-primary-color", "--st-background-color", "--st-text-color"]
const WORDS = {
  "App pages": "Các trang",
  "Chat message from assistant": "Câu trả lời",
  "Chat message from user": "Câu hỏi",
  Close: "Đóng",
  "Close fullscreen": "Thôi xem toàn màn hình",
  "Collapse sidebar": "Thu gọn thanh bên",
  "Connection error": "Mất kết nối với máy chủ",
  "Copy Vega-Lite spec": "Chép mã biểu đồ",
  "Download as CSV": "Tải số liệu (CSV)",
  "Download as PNG": "Tải hình (PNG)",
  "Download as SVG": "Tải hình (SVG)",
  "Expand sidebar": "Mở thanh bên",
  "Feedback rating": "Đánh giá câu trả lời",
  Fullscreen: "Xem toàn màn hình",
  "Hide password": "Ẩn khóa",
  "more_vert icon": "",
  "Send message": "Gửi câu hỏi",
  "Show chart": "Xem biểu đồ",
  "Show data": "Xem số liệu",
  "Show password": "Hiện khóa",
  Sidebar: "Thanh bên",
  "Skip to main content": "Tới nội dung chính",
  "Stop script": "Dừng trả lời",
  "Streamlit server is not responding. Are you connected to the internet?":
    "Trang đang tự nối lại. Câu hỏi đang gõ hay vừa gửi vẫn được giữ; nếu chờ lâu, hãy báo quản trị viên.",
  "Thumbs down": "Chưa tốt",
  "Thumbs up": "Hữu ích",
  "file upload": "Chọn tệp",
}

const SAYING = "[aria-label], span, a, p, [role=dialog] *"

const translate = (element) => {
  const label = WORDS[element.getAttribute("aria-label")]
  if (label !== undefined) element.setAttribute("aria-label", label)
  const [child] = element.childNodes
  if (element.childNodes.length === 1 && child.nodeType === Node.TEXT_NODE && child.data in WORDS) {
    child.data = WORDS[child.data]
  }
}

// What has just happened is brought into sight, once, wherever on the page its button was.
const come = new Set()
const bring = (node) => {
  const news = node.matches("[data-come]") ? node : node.querySelector("[data-come]")
  if (!news || come.has(news.dataset.come)) return
  come.add(news.dataset.come)
  news.scrollIntoView({ block: "center" })
}

const changed = (records) => {
  for (const { type, target, addedNodes } of records) {
    if (type === "attributes") translate(target)
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".hoi-answer, .hoi-paper")) continue
      translate(node)
      bring(node)
      node.querySelectorAll(SAYING).forEach(translate)
    }
  }
}

// The reading view is as high as the window leaves room for, whatever stands over it and below.
const LEAST = 220
const GAP = 20 // pixels between it and the line to type in
const sizes = new ResizeObserver(() => fit())
const fit = () => {
  const reader = document.querySelector(".st-key-reader")
  const papers = reader ? [...reader.querySelectorAll(".hoi-paper, .hoi-sheet-paper")] : []
  if (!papers.length) return
  sizes.observe(reader)
  const { position, top, paddingBottom } = getComputedStyle(reader)
  const main = document.querySelector(".stMain")
  const begin = reader.parentElement.getBoundingClientRect().top + main.scrollTop // before anybody scrolls
  const bottom = document.querySelector('[data-testid="stBottomBlockContainer"]')
  const free = innerHeight - (position === "fixed" ? 0 : Math.max(parseFloat(top), begin) + GAP + (bottom?.offsetHeight || 0))
  const content = reader.lastElementChild.getBoundingClientRect().bottom - reader.getBoundingClientRect().top
  const others = content + parseFloat(paddingBottom) - papers.reduce((height, paper) => height + paper.offsetHeight, 0)
  reader.style.setProperty("--hoi-room", `${Math.max(LEAST, Math.floor((free - others) / papers.length))}px`)
}

// Esc closes the document wherever one is, unless something over it is closed by it first.
const OVER = '[role="dialog"], [data-testid="stPopoverBody"], [role="listbox"]'
const escape = (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(OVER)) return
  document.querySelector(".st-key-close-reader button")?.click()
}

const watch = (root) => {
  root.querySelectorAll(SAYING).forEach(translate)
  const what = { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] }
  new MutationObserver(changed).observe(root, what)
  new MutationObserver(fit).observe(root, { subtree: true, childList: true })
  addEventListener("resize", fit)
  document.addEventListener("keydown", escape)
}

export default function ({ parentElement }) {
  const root = document.documentElement
  const style = getComputedStyle(parentElement)
  for (const name of COLOURS) root.style.setProperty(name, style.getPropertyValue(name))
  if (root.lang === "vi") return
  root.lang = "vi"
  watch(document.body)
}
