// Makes Streamlit's own shell Vietnamese, for eyes and for screen readers, and gives the theme's colours, which
// Streamlit hands to components only, to the rest of the page.
const COLOURS = ["--st-primary-color", "--st-background-color", "--st-text-color"]
const WORDS = {
  "App pages": "Các trang",
  "Chat message from assistant": "Câu trả lời",
  "Chat message from user": "Câu hỏi",
  Close: "Đóng",
  "Collapse sidebar": "Thu gọn thanh bên",
  "Connection error": "Mất kết nối với máy chủ",
  "Expand sidebar": "Mở thanh bên",
  "Feedback rating": "Đánh giá câu trả lời",
  "Hide password": "Ẩn khóa",
  "more_vert icon": "",
  "Send message": "Gửi câu hỏi",
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

const translate = (element) => {
  const label = WORDS[element.getAttribute("aria-label")]
  if (label !== undefined) element.setAttribute("aria-label", label)
  const [child] = element.childNodes
  if (element.childNodes.length === 1 && child.nodeType === Node.TEXT_NODE && child.data in WORDS) {
    child.data = WORDS[child.data]
  }
}

const changed = (records) => {
  for (const { type, target, addedNodes } of records) {
    if (type === "attributes") translate(target)
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".hoi-answer, .hoi-paper")) continue
      translate(node)
      node.querySelectorAll("[aria-label], span, a, p").forEach(translate)
    }
  }
}

const watch = (root) => {
  root.querySelectorAll("[aria-label], span, a, p").forEach(translate)
  const what = { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] }
  new MutationObserver(changed).observe(root, what)
}

export default function ({ parentElement }) {
  const root = document.documentElement
  const style = getComputedStyle(parentElement)
  for (const name of COLOURS) root.style.setProperty(name, style.getPropertyValue(name))
  if (root.lang === "vi") return
  root.lang = "vi"
  watch(document.body)
}
