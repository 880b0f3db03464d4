package teach

import (
	"encoding/xml"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"rsc.io/qr"
)

// drawn are the modules of a QR code in SVG, its margin included: each must be
// light once, and dark at most once.
func drawn(t *testing.T, svg string) [][]bool {
	t.Helper()
	var picture struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			Fill string `xml:"fill,attr"`
			D    string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(svg), &picture); err != nil {
		t.Fatal(err)
	}
	var n int
	if _, err := fmt.Sscanf(picture.ViewBox, "0 0 %d %d", &n, &n); err != nil || n < 21+2*quiet || len(picture.Paths) != 2 {
		t.Fatalf("%v: %s", err, svg)
	}
	if light := picture.Paths[0]; light.Fill != "#fff" || light.D != fmt.Sprintf("M0 0h%dv%dH0z", n, n) || picture.Paths[1].Fill != "" {
		t.Errorf("the code is not black on a white square of %d modules: %.200s", n, svg)
	}
	modules := make([][]bool, n)
	for y := range modules {
		modules[y] = make([]bool, n)
	}
	for _, run := range strings.SplitAfter(strings.TrimSuffix(picture.Paths[1].D, "z"), "z") {
		var x, y, wide, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1H%d", &x, &y, &wide, &back); err != nil || back != x {
			t.Fatalf("%v: %s", err, run)
		}
		for k := range wide {
			if modules[y][x+k] {
				t.Fatalf("%s darkens what is dark", run)
			}
			modules[y][x+k] = true
		}
	}
	return modules
}

// The QR code of a class is, module by module, that of the address chosen.
func TestClassQR(t *testing.T) {
	s, err := New(Config{LAN: true, Hosts: []string{"opettaja.example"}, URLs: []string{"http://192.168.100.200:8080/", "http://10.0.0.7:8080/"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	h := httptest.NewServer(s.Handler())
	t.Cleanup(h.Close)
	c := openClass(t, h)
	at := "/api/class/" + c.Code + "/qr"
	for _, k := range []struct{ query, host, want string }{
		{"", "127.0.0.1:8080", "http://192.168.100.200:8080/"}, // a student's telephone is not this machine
		{"", "opettaja.example", "http://opettaja.example/"},
		{"?at=http://192.168.100.200:8080/", "127.0.0.1:8080", "http://192.168.100.200:8080/"},
		{"?at=http://10.0.0.7:8080/", "127.0.0.1:8080", "http://10.0.0.7:8080/"},
	} {
		status, svg, header := ask(t, h, "GET", at+k.query, "", "Host", k.host)
		if status != 200 || header.Get("Content-Type") != "image/svg+xml" {
			t.Fatalf("%+v: %d %s", k, status, svg)
		}
		code, err := qr.Encode(k.want+"c/"+c.Code, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		got := drawn(t, svg)
		if len(got) != code.Size+2*quiet {
			t.Fatalf("%+v: %d modules wide, not %d", k, len(got), code.Size+2*quiet)
		}
		for y := range got {
			for x := range got {
				if got[y][x] != code.Black(x-quiet, y-quiet) {
					t.Fatalf("%+v: the module at %d, %d is wrong", k, x, y)
				}
			}
		}
	}
	for path, want := range map[string]int{at + "?at=http://elsewhere.example/": 422, at + "?at=": 422, "/api/class/KIVI-9/qr": 404} {
		if status, body, _ := ask(t, h, "GET", path, ""); status != want {
			t.Errorf("GET %s: %d %s", path, status, body)
		}
	}
}
