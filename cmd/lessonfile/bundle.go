package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle is all that the page is made of, each kind in one piece.
type bundle struct {
	html    string // the page, from which links to the rest are gone
	icon    []byte
	style   string
	script  string
	worker  string
	program []byte            // compressed
	notices string            // licences of libraries
	files   map[string][]byte // what the page asks for by address
}

// What index.html says of the files that are bundled, one tag a line.
var (
	styleTag  = regexp.MustCompile(`(?m)^<link rel="stylesheet" href="/static/([^"]+)">\n`)
	scriptTag = regexp.MustCompile(`(?m)^<script (?:defer|type="module") src="/static/([^"]+)"></script>\n`)
)

func newBundle(s source) (*bundle, error) {
	b := &bundle{}
	program, err := s.program()
	if err != nil {
		return nil, err
	}
	b.program = packed(program)
	if b.notices, err = s.notices(); err != nil {
		return nil, err
	}
	html, err := os.ReadFile(s.page("index.html"))
	if err != nil {
		return nil, err
	}
	b.html = string(html)
	if err := errors.Join(b.bundleStyle(s), b.bundleScript(s), b.bundleWorker(s), b.gather(s)); err != nil {
		return nil, err
	}
	b.html = styleTag.ReplaceAllString(scriptTag.ReplaceAllString(b.html, ""), "")
	return b, nil
}

// packed is text compressed, the same bytes every time.
func packed(text []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // there is such a level
	_, _ = z.Write(text)                                    // a buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

// tagged are the files of the page that a tag names.
func (b *bundle) tagged(tag *regexp.Regexp) (names []string) {
	for _, m := range tag.FindAllStringSubmatch(b.html, -1) {
		names = append(names, m[1])
	}
	return names
}

func (b *bundle) bundleStyle(s source) error {
	var all strings.Builder
	for _, name := range b.tagged(styleTag) {
		text, err := os.ReadFile(s.page(name))
		if err != nil {
			return err
		}
		all.Write(text)
	}
	r := api.Transform(all.String(), api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true})
	b.style = string(r.Code)
	return wrong(r.Errors)
}

// bundleScript puts the scripts in the order of their tags, the door before the lesson.
func (b *bundle) bundleScript(s source) error {
	var entry string
	for _, name := range b.tagged(scriptTag) {
		if path.Ext(name) == ".mjs" {
			entry += fmt.Sprintf("import %q;\nimport %q;\n", "./"+filepath.ToSlash("alone.mjs"), "../internal/teach/page/"+name)
			continue
		}
		text, err := os.ReadFile(s.page(name))
		if err != nil {
			return err
		}
		b.script += strings.TrimSpace(string(text)) + "\n"
	}
	r := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: entry, ResolveDir: filepath.Dir(s.own("alone.mjs")), Sourcefile: "lesson"},
		Bundle: true, Format: api.FormatIIFE, Target: api.ES2022, MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true,
		LegalComments: api.LegalCommentsInline, AbsWorkingDir: s.module,
	})
	if err := wrong(r.Errors); err != nil {
		return err
	}
	b.script += string(r.OutputFiles[0].Contents)
	return nil
}

// bundleWorker puts Go's own support for browsers, and its licence, before the worker's
// few lines.
func (b *bundle) bundleWorker(s source) error {
	support, err := os.ReadFile(filepath.Join(s.goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	own, err := os.ReadFile(s.own("worker.js"))
	if err != nil {
		return err
	}
	r := api.Transform(string(support)+"\n"+string(own), api.TransformOptions{Loader: api.LoaderJS, MinifyWhitespace: true, MinifySyntax: true})
	b.worker = "// " + goNotice + "\n" + string(r.Code)
	return wrong(r.Errors)
}

const goNotice = "Copyright 2018 The Go Authors. All rights reserved. Use of this source code is governed by a BSD-style license: https://go.dev/LICENSE"

// gather reads what the page asks for while it runs.
func (b *bundle) gather(s source) error {
	b.files = map[string][]byte{}
	names, err := filepath.Glob(s.page("i18n/*.json"))
	if err != nil {
		return err
	}
	for _, name := range append(names, s.page("chapters.json")) {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var small bytes.Buffer
		if err := json.Compact(&small, text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		at, err := filepath.Rel(s.page("."), name)
		if err != nil {
			return err
		}
		b.files["static/"+filepath.ToSlash(at)] = small.Bytes()
	}
	b.icon, err = os.ReadFile(s.page("icon.svg"))
	return err
}

// wrong is an error of what esbuild has to say.
func wrong(messages []api.Message) error {
	var errs []error
	for _, m := range messages {
		where := ""
		if m.Location != nil {
			where = fmt.Sprintf("%s:%d: ", m.Location.File, m.Location.Line)
		}
		errs = append(errs, errors.New(where+m.Text))
	}
	return errors.Join(errs...)
}

// hashOf is how a policy names a script or style that stands in the page.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
