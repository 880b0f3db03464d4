package teach

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkDance is one dance of three forms, as it is sent.
func BenchmarkDance(b *testing.B) {
	benchmark(b, "/api/dance", `{"what":{"scenario":"short-system-project"},"seed":%,"replication":0}`)
}

// BenchmarkFirstPicture is an ensemble that ends with its first line.
func BenchmarkFirstPicture(b *testing.B) {
	benchmark(b, "/api/ensemble", `{"what":{"scenario":"short-system-project"},"seed":%,"replications":20,"years":[8]}`)
}

// BenchmarkEnsemble is the whole of one, 300 replications of three forms.
func BenchmarkEnsemble(b *testing.B) {
	benchmark(b, "/api/ensemble", `{"what":{"scenario":"short-system-project"},"seed":%,"replications":300,"years":[8]}`)
}

func benchmark(b *testing.B, path, body string) {
	s, err := New(Config{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	h := s.Handler()
	seed := 0
	for b.Loop() {
		seed++ // another one each time: answers are kept
		r := httptest.NewRequest("POST", "http://localhost"+path, strings.NewReader(strings.Replace(body, "%", fmt.Sprint(seed), 1)))
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 || !bytes.HasPrefix(w.Body.Bytes(), []byte{0x1f, 0x8b}) {
			b.Fatalf("%d %.200s", w.Code, w.Body)
		}
		b.ReportMetric(float64(w.Body.Len())/1000, "kB")
	}
}
