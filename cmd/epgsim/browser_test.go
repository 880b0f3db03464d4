//go:build !js

package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser starts a headless Chromium for one long test.
func browser(t *testing.T, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	onlyLong(t)
	return chromium(t, more...)
}

// chromium starts one for any test. Without one it skips, but not on CI, where
// somebody must have forgotten to install it.
func chromium(t *testing.T, more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if p, err := exec.LookPath(name); err == nil && path == "" {
			path = p
		}
	}
	switch {
	case path != "":
	case os.Getenv("CI") == "true":
		t.Fatal("no Chromium, and CI=true: install chromium")
	default:
		t.Skip("no Chromium found: install chromium to test what the report looks like")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// seen is what a page said and asked for.
type seen struct {
	sync.Mutex
	console, requests []string
}

// watch listens to the console and the network of a tab until it is closed.
func watch(t *testing.T, ctx context.Context) *seen {
	t.Helper()
	s := &seen{}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	console := chromedp.Console(ctx)
	requests := chromedp.Events(ctx, network.RequestWillBeSent)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			s.Lock()
			s.console = append(s.console, fmt.Sprintf("%s: %s", m.Type, m.Text))
			s.Unlock()
		}
	}()
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			s.Lock()
			s.requests = append(s.requests, r.Request.URL)
			s.Unlock()
		}
	}()
	return s
}

// figureBox is what stands in the page for a figure.
type figureBox struct {
	ID, Caption, Role, Title   string
	SVGs                       int
	Left, Right, Width, Height float64
}

// layout measures all figures, and the width of the page and what it holds.
const layout = `({
	Inner: document.documentElement.clientWidth,
	Scroll: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
	Figures: [...document.querySelectorAll("figure")].map(f => {
		const seen = [...f.querySelectorAll("svg")].filter(s => s.getClientRects().length > 0), svg = seen[0], b = svg ? svg.getBoundingClientRect() : {left: 0, right: 0, width: 0, height: 0};
		return {ID: f.id, SVGs: seen.length,
			Caption: (f.querySelector("figcaption") || {textContent: ""}).textContent.trim(),
			Role: svg ? svg.getAttribute("role") || "" : "",
			Title: svg && svg.querySelector("title") ? svg.querySelector("title").textContent : "",
			Left: b.left, Right: b.right, Width: b.width, Height: b.height};
	})})`

type pageLayout struct {
	Inner, Scroll float64
	Figures       []figureBox
}

// The reports are read on a telephone, a laptop and a projector, without a
// network, and printed.
func TestReportInABrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	base := t.TempDir()
	for _, c := range []struct {
		name    string
		args    []string
		figures int
	}{
		{"compare", []string{"compare", "paper-machinery", "--replications", "20"}, len(compareFigures)},
		{"run", []string{"run", "open-group", "--replications", "20"}, 3},
	} {
		dir := filepath.Join(base, c.name)
		done(t, append(c.args, "--quiet", "--out", dir)...)
		page := "file://" + (&url.URL{Path: filepath.ToSlash(filepath.Join(dir, "report.html"))}).EscapedPath()
		t.Run(c.name, func(t *testing.T) {
			tab, cancel := chromedp.NewContext(ctx)
			defer cancel()
			if err := chromedp.Do(tab); err != nil { // opens the tab
				t.Fatal(err)
			}
			s := watch(t, tab)
			for _, width := range []int64{390, 1280, 1920} {
				if err := chromedp.Do(tab, chromedp.EmulateViewport(width, 900), chromedp.Navigate(page)); err != nil {
					t.Fatal(err)
				}
				got, err := chromedp.Run(tab, chromedp.Evaluate[pageLayout](layout))
				if err != nil {
					t.Fatal(err)
				}
				if len(got.Figures) < c.figures || got.Inner < float64(width)-20 {
					t.Errorf("%d figures, want %d; width %g of %d", len(got.Figures), c.figures, got.Inner, width)
				}
				checkLayout(t, width, got)
			}
			checkPrint(t, tab)
			time.Sleep(100 * time.Millisecond) // for late events
			s.Lock()
			defer s.Unlock()
			for _, m := range s.console {
				t.Errorf("the console says %s", m)
			}
			if len(s.requests) < 3 {
				t.Errorf("only %d requests were seen; is anybody listening?", len(s.requests))
			}
			for _, r := range s.requests {
				if r != page && !strings.HasPrefix(r, "data:") {
					t.Errorf("the page asks for %s", r)
				}
			}
		})
	}
}

func checkLayout(t *testing.T, width int64, got pageLayout) {
	t.Helper()
	if got.Scroll > got.Inner {
		t.Errorf("at %d px the page scrolls sideways: %g in %g", width, got.Scroll, got.Inner)
	}
	ids := map[string]bool{}
	for _, f := range got.Figures {
		if f.SVGs != 1 || f.Width < 200 || f.Height < 100 {
			t.Errorf("at %d px %s has %d drawings, %g × %g", width, f.ID, f.SVGs, f.Width, f.Height)
		}
		if f.Left < 0 || f.Right > got.Inner+0.5 {
			t.Errorf("at %d px %s reaches from %g to %g of %g", width, f.ID, f.Left, f.Right, got.Inner)
		}
		if len(f.Caption) < 20 || f.Role != "img" || f.Title == "" || ids[f.ID] || f.ID == "" {
			t.Errorf("%q: caption %q, role %q, title %q; ids must differ", f.ID, f.Caption, f.Role, f.Title)
		}
		ids[f.ID] = true
	}
}

// checkPrint prints the page on A4.
func checkPrint(t *testing.T, tab context.Context) {
	t.Helper()
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	pages := bytes.Count(pdf, []byte("/Type /Page\n"))
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 20_000 || pages < 2 || pages > 40 {
		t.Errorf("printed: %d bytes, %d pages", len(pdf), pages)
	}
}
