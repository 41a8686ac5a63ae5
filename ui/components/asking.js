// A question on its way is kept by the browser: should the connection break, `typing.js` puts it back.
export default function ({ data }) {
  if (data.asking) sessionStorage.setItem("hoi-asked", JSON.stringify({ text: data.asking, session: data.session }))
}
