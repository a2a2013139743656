{{/* What every object of this release is called by. */}}
{{- define "groeipact.labels" -}}
app.kubernetes.io/name: groeipact
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "groeipact.selector" -}}
app.kubernetes.io/name: groeipact
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "groeipact.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end -}}
{{- end }}

{{/* Nobody's root, and nothing to write but what is mounted. */}}
{{- define "groeipact.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{- define "groeipact.container" -}}
image: {{ include "groeipact.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
envFrom:
  - configMapRef:
      name: {{ .Release.Name }}
{{- end }}

{{/* The secrets as files: nobody who lists the environment of a process reads them. */}}
{{- define "groeipact.secretMount" -}}
name: secrets
mountPath: /run/secrets/groeipact
readOnly: true
{{- end }}

{{- define "groeipact.secretVolume" -}}
name: secrets
secret:
  secretName: {{ .Values.existingSecret }}
  # For root and the group of the portal.
  defaultMode: 0440
  items:
    {{- range .Values.secrets }}
    - {key: {{ . }}, path: {{ . }}}
    {{- end }}
{{- end }}
