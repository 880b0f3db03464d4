package cluster

import (
	_ "embed"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"unicode"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

//go:embed k8s.yaml.tmpl
var k8sText string

// k8sTemplate writes YAML in which every text that is not of our own choosing
// goes through quote or text. A quoted string of Go's is one of YAML's too.
var k8sTemplate = template.Must(template.New("k8s").Funcs(template.FuncMap{"quote": strconv.Quote, "text": yamlText}).Parse(k8sText))

// K8s is a sweep as an Indexed Job of Kubernetes, with a suspended one that
// merges.
type K8s struct {
	Version, Title           string // of epgsim; of the sweep
	Namespace                string // "" for that of kubectl
	Image, Claim, Memory     string
	Out                      string // the data set, below the volume
	Tasks, CPUs              int
	Runs, Replications       int
	DesignTOML, ScenarioTOML string
	DesignHash               string
}

var (
	dnsLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	dnsName  = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$`)
	quantity = regexp.MustCompile(`^[1-9][0-9]*(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$`)
)

// MostK8sTasks is the most completions of an Indexed Job with a limit of tries
// per index and as many at a time; see the documentation of Job.
const MostK8sTasks = 10_000

// mostConfigMap is the most that a ConfigMap may hold, in bytes.
const mostConfigMap = 1 << 20

// Check says which option is wrong, by the name of the flag.
func (j *K8s) Check() error {
	switch {
	case j.Image == "" || strings.ContainsFunc(j.Image, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return fmt.Errorf("--image = %q: must name a container image, such as registry.example.org/epgsim:%s", j.Image, j.Version)
	case checkCPUs(j.CPUs) != nil:
		return checkCPUs(j.CPUs)
	case !quantity.MatchString(j.Memory):
		return fmt.Errorf("--memory = %q: must be a number of bytes as Kubernetes writes it, such as 512Mi or 2Gi", j.Memory)
	case !dnsName.MatchString(j.Claim):
		return fmt.Errorf("--claim = %q: must be the name of a claim: lower-case letters, digits, . and -", j.Claim)
	case j.Namespace != "" && !dnsLabel.MatchString(j.Namespace):
		return fmt.Errorf("--namespace = %q: must be lower-case letters, digits and -", j.Namespace)
	case !filepath.IsLocal(j.Out) || path.Clean(j.Out) == ".":
		return fmt.Errorf("--out = %q: must be a directory on the volume, without .. and not beginning with /", j.Out)
	}
	return nil
}

// Print writes the objects as one YAML document.
func (j *K8s) Print(w io.Writer) error {
	if n := len(j.DesignTOML) + len(j.ScenarioTOML); n > mostConfigMap {
		return fmt.Errorf("the design and its scenario are %s, and a ConfigMap holds no more than 1 MiB", tell.Size(int64(n)))
	}
	return k8sTemplate.Execute(w, j)
}

// Data is where the data set is in the pods.
func (j *K8s) Data() string { return path.Join("/data", path.Clean(filepath.ToSlash(j.Out))) }

// Name is a DNS label made of the design's name, and of what else makes its job
// another: a Job that is there cannot be changed. It is short enough for pods to
// have the name with an index behind it.
func (j *K8s) Name() string {
	content := fmt.Sprint(j.DesignHash, j.Tasks, j.Replications, j.Data())
	return "epgsim-" + strings.TrimRight(j.Title[:min(len(j.Title), 30)], "-") + "-" + store.Hash([]byte(content))[:8]
}

// yamlText is a value of data in a ConfigMap, as a block that people can read
// where that says exactly the text, else quoted.
func yamlText(text string) string {
	plain := strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\n\n") && text != "\n" &&
		!strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) })
	if !plain {
		return strconv.Quote(text)
	}
	const indent = "    "
	var b strings.Builder
	b.WriteString("|2\n") // indented by two more than its key
	for line := range strings.Lines(text) {
		if line != "\n" {
			b.WriteString(indent)
		}
		b.WriteString(line)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
