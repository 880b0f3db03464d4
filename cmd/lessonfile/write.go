package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// What the page may load and run: its own parts and nothing else. The program is
// compiled in the page, hence wasm-unsafe-eval.
const (
	filePolicy = "default-src 'none'; script-src %s 'wasm-unsafe-eval'; style-src %s; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'"
	sitePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)

// file is the page as one file.
func (b *bundle) file() ([]byte, error) {
	texts := map[string]json.RawMessage{}
	for name, text := range b.files {
		texts["/"+name] = text
	}
	files, _ := json.Marshal(texts) // they have been read as JSON before
	for _, text := range []string{b.script, b.worker, b.notices} {
		if strings.Contains(text, "</script") || strings.Contains(text, "<!--") {
			return nil, errors.New("a script holds what a page takes for its end")
		}
	}
	icon := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(b.icon)
	head := "<style>" + b.style + "</style>\n"
	tail := block("files", strings.ReplaceAll(string(files), "<", `\u003c`)) + block("worker", b.worker) + block("notices", b.notices) + block("program", dense(b.program)) +
		"<script>" + b.script + "</script>\n"
	return []byte(b.page(fmt.Sprintf(filePolicy, hashOf(b.script), hashOf(b.style)), icon, head, tail)), nil
}

// block is data that stands in the page.
func block(id, text string) string {
	return fmt.Sprintf("<script type=\"text/plain\" id=%q>%s</script>\n", id, text)
}

// site is the page as files, by name. Their addresses are relative: it may lie in any
// folder.
func (b *bundle) site() map[string][]byte {
	files := map[string][]byte{
		"lesson.css": []byte(b.style), "lesson.js": []byte(b.script), "worker.js": []byte(b.worker), "lesson.bin": b.program, "icon.svg": b.icon, "NOTICES.txt": []byte(b.notices),
	}
	for name, text := range b.files {
		files[name] = text
	}
	files["index.html"] = []byte(b.page(sitePolicy, "icon.svg", "<link rel=\"stylesheet\" href=\"lesson.css\">\n", "<script src=\"lesson.js\"></script>\n"))
	return files
}

// page is index.html with a policy, an icon, and what comes last in head and body.
func (b *bundle) page(policy, icon, head, tail string) string {
	html := strings.ReplaceAll(b.html, "/static/icon.svg", icon)
	html = strings.Replace(html, `<a class="brand" href="/">`, `<a class="brand" href="#">`, 1)
	html = strings.Replace(html, "<meta charset=\"utf-8\">\n", "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""+policy+"\">\n", 1)
	html = strings.Replace(html, "</head>", head+"</head>", 1)
	return strings.Replace(html, "</body>", tail+"</body>", 1)
}

// digits are those of Z85, of which none need be escaped here once < is another.
const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&_>()[]{}@%$#"

// dense writes bytes as text, four in five characters, for which base64 takes 5.3. It is
// filled up with zeros, which gzip does not mind at its end: alone.mjs cuts them off.
func dense(b []byte) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d ", len(b))
	for k := 0; k < len(b); k += 4 {
		var four [4]byte
		copy(four[:], b[k:])
		n := uint32(four[0])<<24 | uint32(four[1])<<16 | uint32(four[2])<<8 | uint32(four[3])
		var five [5]byte
		for d := 4; d >= 0; d-- {
			five[d] = digits[n%85]
			n /= 85
		}
		out.Write(five[:])
	}
	return out.String()
}
