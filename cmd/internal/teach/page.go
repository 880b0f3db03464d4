//go:build !worker

package teach

import (
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// All of the page but its tests.
//
//go:embed page/*.html page/*.json page/*.svg page/css page/js page/i18n page/vendor
var embedded embed.FS

// types are the files that a page is made of. What is not among them is not
// served.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".json": "application/json", ".svg": "image/svg+xml",
}

// pageFiles are the files by name, ready to be sent. Nothing else can be
// asked for: a name is looked up here and never reaches a file system.
type pageFiles map[string]pageFile

type pageFile struct {
	body
	kind, tag string
}

func loadPage() (pageFiles, error) {
	files := pageFiles{}
	err := fs.WalkDir(embedded, "page", func(name string, d fs.DirEntry, err error) error {
		kind := types[path.Ext(name)]
		if err != nil || d.IsDir() || kind == "" {
			return err
		}
		text, err := embedded.ReadFile(name)
		sum := sha256.Sum256(text)
		files[strings.TrimPrefix(name, "page/")] = pageFile{newBody(text, gzip.BestCompression), kind, `"` + hex.EncodeToString(sum[:12]) + `"`}
		return err
	})
	return files, err
}

// page serves one file at an address of its own.
func (files pageFiles) page(name string) http.Handler {
	f := files[name]
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { f.serve(w, r) })
}

// ServeHTTP serves a file below /static/.
func (files pageFiles) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := files[r.PathValue("name")]
	if !ok {
		fail(w, r, refuse(http.StatusNotFound, "there is nothing at %.80s", r.URL.Path))
		return
	}
	f.serve(w, r)
}

// serve sends a file, or says that the browser has it already: the file may
// change with the program, never while it runs.
func (f *pageFile) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", f.tag)
	if strings.Contains(r.Header.Get("If-None-Match"), f.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	f.send(w, r)
}
